"""The questions a campaign asks before work is submitted to it."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from curation.api.serializers.campaigns import CampaignOutput
from curation.api.serializers.quizzes import AnsweredOutput, AnswersInput, QuizInput, QuizOutput
from curation.selectors.campaigns import shown_campaign
from curation.selectors.quizzes import quiz_for
from curation.services import quizzes


class CampaignQuiz(APIView):
    permission_classes = [Requires(GET="campaign.read", POST="submission.create", PUT="campaign.edit")]

    @extend_schema(responses=QuizOutput)
    def get(self, request: Request, campaign_id: UUID) -> Response:
        """The questions, without their answers for whoever may not edit the campaign; 404 where none are asked."""
        return Response(QuizOutput(quiz_for(person_of(request), campaign_id)).data)

    @extend_schema(request=AnswersInput, responses=AnsweredOutput)
    def post(self, request: Request, campaign_id: UUID) -> Response:
        """Answer; each answer is told right or wrong and why, and one may try again at once."""
        asked = AnswersInput(data=request.data)
        asked.is_valid(raise_exception=True)
        answered = quizzes.answer(
            campaign_id=campaign_id, person=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(AnsweredOutput(answered).data)

    @extend_schema(request=QuizInput, responses=CampaignOutput)
    def put(self, request: Request, campaign_id: UUID) -> Response:
        """Set the questions, none to end the quiz; whoever contributes answers the new ones before submitting."""
        asked = QuizInput(data=request.data)
        asked.is_valid(raise_exception=True)
        person = person_of(request)
        quizzes.set_questions(campaign_id=campaign_id, editor=person, now=timezone.now(), **asked.validated_data)
        return Response(CampaignOutput(shown_campaign(person, campaign_id)).data)
